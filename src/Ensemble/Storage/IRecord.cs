namespace Ensemble.Storage;

/// <summary>A record that can say what is wrong with its values, when it is written and when it is read back.</summary>
internal interface IRecord
{
    /// <summary>Adds every fault of the values, with the property's name.</summary>
    /// <param name="faults">Where faults are gathered.</param>
    void FindFaults(RecordFaults faults);
}
