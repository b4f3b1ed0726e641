namespace AiObs.Dashboard.Health;

/// <summary>How something that is written behind does.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Kind">What it promises.</param>
/// <param name="State">How it does, in a word.</param>
/// <param name="Queued">How many items wait.</param>
/// <param name="Written">How many were written.</param>
/// <param name="Dropped">How many were lost.</param>
/// <param name="LastError">The type of the last failure, and when it was.</param>
internal sealed record WriterStatus(string Name, string Kind, string State, long Queued, long Written, long Dropped, string? LastError)
{
    public bool IsWell => State == "working";
}
