namespace AiObs.Events;

/// <summary>When a file's contents are forced to the disk.</summary>
public enum EventFileSync
{
    /// <summary>After each batch: what was written survives a power cut.</summary>
    EachBatch,

    /// <summary>Only at a flush, at a rotation and at the end: what was written survives the end of the process, and the last events may not survive that of the machine.</summary>
    OnFlush,
}
