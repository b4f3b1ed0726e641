namespace AiObs.Events;

/// <summary>Why events were lost; values of a metric's tag.</summary>
internal static class DropReasons
{
    /// <summary>The queue was full.</summary>
    public const string Full = "full";

    /// <summary>The redactor dropped it.</summary>
    public const string Redacted = "redacted";

    /// <summary>The sink refused it and accepted others.</summary>
    public const string Refused = "refused";

    /// <summary>The time for the shutdown was over.</summary>
    public const string Shutdown = "shutdown";
}
