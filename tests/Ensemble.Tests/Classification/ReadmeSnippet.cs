using Ensemble.Classification;

namespace Ensemble.Tests.Classification;

/// <summary>What the README shows of the library, as code that is compiled and run.</summary>
internal static class ReadmeSnippet
{
    public static ImageAnswer Classify(string model, string image, out string text)
    {
        // As in the README, but for the two paths and for who gets the text.
        using var classifier = ImageClassifier.Load(model);
        var answer = classifier.Classify(image);
        text = $"{answer.ClassName} {answer.Probability:P1}";
        return answer;
    }
}
