namespace Ensemble.Training;

/// <summary>How the learning rate moves over a run.</summary>
public enum LearningRateSchedule
{
    /// <summary>Stays at its peak after the warm-up.</summary>
    Constant,

    /// <summary>Falls along half a cosine to zero after the warm-up (Loshchilov and Hutter 2017, arXiv 1608.03983).</summary>
    Cosine,

    /// <summary>Divided by 10 at 5/8, 3/4 and 7/8 of the run: the CIFAR-100 benchmark's 150, 180 and 210 of 240 epochs.</summary>
    Step,

    /// <summary>Falls along a line to zero after the warm-up.</summary>
    Linear,

    /// <summary>
    /// Rises along half a cosine from 1/25 of its peak during the warm-up, then falls along another to 1/250,000 of it (Smith
    /// and Topin 2018, arXiv 1708.07120, with the form and the constants of PyTorch's OneCycleLR); the momentum stays.
    /// </summary>
    OneCycle,
}
