namespace AiObs.Store.Telemetry;

/// <summary>How operations of stores end, in telemetry, besides well.</summary>
internal static class StoreOutcomes
{
    /// <summary>It was done.</summary>
    public const string Ok = "ok";

    /// <summary>It failed.</summary>
    public const string Error = "error";

    /// <summary>What was verified is not as it was written.</summary>
    public const string Violation = "violation";

    /// <summary>What was looked for is not there.</summary>
    public const string NotFound = "not_found";

    /// <summary>A conversation was not as it was expected.</summary>
    public const string Conflict = "conflict";

    /// <summary>It had been done before.</summary>
    public const string Replay = "replay";

    /// <summary>Returns the outcome of a search.</summary>
    public static string? NotFoundIfNull<T>(T? found)
        where T : class => found is null ? NotFound : null;
}
