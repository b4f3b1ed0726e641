namespace AiObs.Store.Events;

/// <summary>A writer as the log keeps it, beside its events and updated together with them.</summary>
/// <param name="Log">
/// The id of the log that it belongs to, from which its hashes start; <see langword="null"/> for a writer of 0.1.0, whose chain knows of none.
/// </param>
/// <param name="OpenedTicks">When it opened, in ticks of UTC.</param>
/// <param name="IsKeyed">Whether its hashes are made with a key.</param>
/// <param name="Predecessor">
/// The chain of the writer that opened before it, as it was then; <see langword="null"/> for the first writer of a log.
/// It is part of the genesis, so that a writer cannot disappear as long as a later one is there.
/// </param>
/// <param name="Head">How many events it has written, and the hash of the last.</param>
/// <param name="Seal">The hash over all of this: without the key nobody can make one that fits.</param>
internal sealed record ChainWriter(Guid? Log, long OpenedTicks, bool IsKeyed, ChainHead? Predecessor, ChainHead Head, byte[] Seal)
{
    /// <summary>Gets the id.</summary>
    public string Writer => Head.Writer;
}
