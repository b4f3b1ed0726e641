namespace AiObs.Pictures;

/// <summary>The parts of what a run leaves behind.</summary>
[Flags]
public enum PictureParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What the caller got, and what a test noted.</summary>
    Caller = 1,

    /// <summary>The spans.</summary>
    Spans = 2,

    /// <summary>The cost records.</summary>
    Costs = 4,

    /// <summary>How the budgets stand.</summary>
    Budgets = 8,

    /// <summary>The events.</summary>
    Events = 16,

    /// <summary>The measurements.</summary>
    Metrics = 32,

    /// <summary>The log records, of level information and above.</summary>
    Logs = 64,

    /// <summary>All of them.</summary>
    All = Caller | Spans | Costs | Budgets | Events | Metrics | Logs,
}
