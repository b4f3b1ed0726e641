namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>What happens at the step of an operation that a test has chosen.</summary>
public enum FaultKind
{
    /// <summary>The step fails and nothing is done.</summary>
    NotDone,

    /// <summary>The step is done, and fails nevertheless.</summary>
    Done,

    /// <summary>The step fails and takes the transaction with it, as a full disk does.</summary>
    RolledBack,

    /// <summary>The step fails, and so does everything after it until the disk is well again.</summary>
    AllFromThereOn,

    /// <summary>Somebody deletes the write-ahead log.</summary>
    LogDeleted,
}
