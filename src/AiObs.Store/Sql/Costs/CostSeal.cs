using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>
/// What the records give when they are hashed one after the other, kept beside them and updated together with them: none can be changed, taken away
/// or put in between without its saying so.
/// </summary>
/// <param name="Log">The id of these costs, from which the hashes start, so that those of other costs do not fit.</param>
/// <param name="Start">The position of the first record that is sealed; those below were written by 0.1.0.</param>
/// <param name="IsKeyed">Whether the hashes are made with a key; <see langword="null"/> as long as no record is sealed.</param>
/// <param name="Count">How many records are sealed.</param>
/// <param name="Hash">What they give; <see langword="null"/> as long as there is none.</param>
/// <param name="Seal">The hash over all of this: without the key nobody can make one that fits.</param>
internal sealed record CostSeal(Guid Log, long Start, bool? IsKeyed, long Count, byte[]? Hash, byte[]? Seal)
{
    /// <summary>The name under which costs stand in anchors and faults; writers have ids.</summary>
    public const string Name = "costs";

    /// <summary>Returns the seal before the first record.</summary>
    public CostSeal Opened(EventChain chain)
    {
        using var bytes = new CanonicalBytes("aiobs.costs.1"u8);
        bytes.Add(Log);
        bytes.Add(Start);
        return this with { IsKeyed = chain.IsKeyed, Count = 0, Hash = chain.Hash(bytes.Written) };
    }

    /// <summary>Returns the seal after one more record; only <see cref="Sealed"/> makes it one that can be stored.</summary>
    public CostSeal With(EventChain chain, CostRow row)
    {
        using var bytes = new CanonicalBytes("aiobs.cost.1"u8, 512 + row.Record.Length);
        bytes.Add(Hash);
        bytes.Add(Count + 1);
        bytes.Add(row.CallKey);
        bytes.Add(row.Id);
        bytes.Add(row.Ticks);
        bytes.Add(row.ConversationId);
        bytes.Add(row.UserId);
        bytes.Add(row.SessionId);
        bytes.Add(row.Provider);
        bytes.Add(row.Model);
        bytes.Add(row.IsCorrection ? 1L : 0L);
        bytes.Add(row.Completeness);
        bytes.Add(row.CorrectedCompleteness);
        bytes.Add(row.Total);
        bytes.Add(row.InputTokens is null ? 0L : 1L);
        bytes.Add(row.InputTokens ?? 0);
        bytes.Add(row.OutputTokens is null ? 0L : 1L);
        bytes.Add(row.OutputTokens ?? 0);
        bytes.Add(row.Record);
        bytes.Add((long)row.Tags.Count);
        foreach (var tag in row.Tags)
        {
            bytes.Add(tag);
        }

        return this with { Count = Count + 1, Hash = chain.Hash(bytes.Written), Seal = null };
    }

    public CostSeal Sealed(EventChain chain) => this with { Seal = SealOf(chain) };

    public bool IsSealed(EventChain chain) => SealOf(chain).AsSpan().SequenceEqual(Seal);

    private byte[] SealOf(EventChain chain)
    {
        using var bytes = new CanonicalBytes("aiobs.costs.seal.1"u8);
        bytes.Add(Log);
        bytes.Add(Start);
        bytes.Add(Count);
        bytes.Add(Hash);
        return chain.Hash(bytes.Written);
    }
}
