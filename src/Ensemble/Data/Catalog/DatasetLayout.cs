namespace Ensemble.Data.Catalog;

/// <summary>How the images and labels lie in a data set's files.</summary>
public enum DatasetLayout
{
    /// <summary>MNIST's four idx files (<see cref="MnistFolder"/>).</summary>
    Idx,

    /// <summary>CIFAR's records of labels and pixels (<see cref="CifarFolder"/>).</summary>
    CifarBinary,

    /// <summary>A folder of image files for each class, with or without folders of splits above them.</summary>
    ImageFolder,

    /// <summary>A NumPy archive with <c>train_images</c>, <c>train_labels</c> and so on, as MedMNIST's.</summary>
    Npz,

    /// <summary>STL-10's files: pixels by column, labels from 1, each in a file of its own (<see cref="Formats.Stl10Folder"/>).</summary>
    Stl10Binary,

    /// <summary>MATLAB 5 files with the variables X and y, as SVHN's (<see cref="Formats.SvhnFolder"/>).</summary>
    Matlab,
}
