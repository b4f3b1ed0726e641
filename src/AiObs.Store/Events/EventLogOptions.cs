namespace AiObs.Store;

/// <summary>How an event log protects what it holds.</summary>
public sealed class EventLogOptions
{
    /// <summary>The fewest bytes that a key may have: 32.</summary>
    public const int MinKeyLength = 32;

    /// <summary>Gets or sets the secret that the chain's hashes are made with.</summary>
    /// <value>
    /// The default is <see langword="null"/>: plain SHA-256, which finds accidents and careless changes. At least 32 bytes, random, so not all zeros, and kept outside of
    /// the log: then nobody who does not have it can change the log and make it fit. A log has the same key, or none, for all of its life.
    /// </value>
#pragma warning disable CA1819 // Keys are arrays wherever they come from, and logs take a copy.
    public byte[]? HmacKey { get; set; }
#pragma warning restore CA1819
}
