using WeatherAgent.Model;

namespace WeatherAgent;

/// <summary>Is what the arguments ask for.</summary>
internal sealed record RunOptions
{
    public required IReadOnlyList<string> Questions { get; init; }

    public Provider Provider { get; init; }

    public required string Model { get; init; }

    public bool Streams { get; init; } = true;

    /// <summary>Gets where spans are sent; null for nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Gets how many USD the conversation may cost; null for any amount.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Gets a value indicating whether the receipt of each model call is shown.</summary>
    public bool ShowsReceipts { get; init; }

    /// <summary>Gets the SQLite file that events and costs are logged in; null for none.</summary>
    public string? LogFile { get; init; }

    /// <summary>Gets the name that the conversation is kept under; null where it is not kept.</summary>
    public string? Conversation { get; init; }

    /// <summary>Gets the SQLite file that all is kept in: events and costs, and the conversation where it has a name; null for none.</summary>
    public string? Database { get; init; }

    /// <summary>Gets a value indicating whether the dashboard is served when everything is answered.</summary>
    public bool ShowsDashboard { get; init; }

    /// <summary>Gets the file that spans are written to; null for none.</summary>
    public string? SpansFile { get; init; }
}
