namespace Ensemble.Tests.Data.Downloads;

/// <summary>Answers requests without a network.</summary>
internal sealed class AnsweringHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public int Count { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Count++;
        return Task.FromResult(answer(request));
    }
}
