namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>What a schedule sets: the learning rate of one group of parameters.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate that schedules start from; that of the group when the optimiser took it.</summary>
            double InitialLearningRate { get; set; }
        }
    }
}
