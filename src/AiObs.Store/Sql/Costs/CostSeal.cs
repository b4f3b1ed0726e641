using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>
/// What is known of the records as a whole, kept beside them and updated together with them. Each record has a hash over itself and the one before it: none can be
/// changed, taken away or put in between without its saying so, and this row says where they start and how they end.
/// </summary>
/// <param name="Log">The id of these costs, from which the hashes start, so that those of other costs do not fit.</param>
/// <param name="IsKeyed">Whether the hashes are made with a key.</param>
/// <param name="Head">How many records were sealed, and the hash of the last.</param>
/// <param name="Start">The position from which on retention has left records.</param>
/// <param name="Dropped">How many records it has dropped, and the hash that the rest goes on from.</param>
/// <param name="UnsealedCount">How many of the first records 0.1.0 has written; they were sealed when their tables were brought up to date.</param>
/// <param name="Erased">The records whose ids were erased, as far as they are there.</param>
/// <param name="Seal">The hash over all of this: without the key nobody can make one that fits.</param>
internal sealed record CostSeal(
    Guid Log, bool IsKeyed, ChainHead Head, long Start, ChainHead Dropped, long UnsealedCount, ErasedCosts Erased, byte[] Seal)
{
    /// <summary>The name under which costs stand in anchors and faults; writers have ids.</summary>
    public const string Name = "costs";

    /// <summary>Returns the seal before the first record.</summary>
    public static CostSeal Open(EventChain chain, Guid log)
    {
        using var bytes = new CanonicalBytes("aiobs.costs.1"u8);
        bytes.Add(log);
        var genesis = new ChainHead(Name, 0, chain.Hash(bytes.Written));
        return new CostSeal(log, chain.IsKeyed, genesis, Start: 1, genesis, UnsealedCount: 0, ErasedCosts.None, []);
    }

    /// <summary>Returns the head of the chain with one more record; its hash is that of the record.</summary>
    public static ChainHead Append(EventChain chain, ChainHead head, CostRow row)
    {
        using var bytes = new CanonicalBytes("aiobs.cost.1"u8, 512 + row.Record.Length);
        bytes.Add(head);
        bytes.Add(row.CallKey);
        bytes.Add(row.Id);
        bytes.Add(row.Ticks);
        bytes.Add(row.Commitment);
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

        return new ChainHead(Name, head.Count + 1, chain.Hash(bytes.Written));
    }

    /// <summary>Returns the seal as it can be stored.</summary>
    public CostSeal Sealed(EventChain chain) => this with { Seal = SealOf(chain) };

    public bool IsSealed(EventChain chain) => SealOf(chain).AsSpan().SequenceEqual(Seal);

    private byte[] SealOf(EventChain chain)
    {
        using var bytes = new CanonicalBytes("aiobs.costs.seal.1"u8);
        bytes.Add(Log);
        bytes.Add(Head);
        bytes.Add(Start);
        bytes.Add(Dropped);
        bytes.Add(UnsealedCount);
        bytes.Add(Erased.Count);
        bytes.Add(Erased.Hash);
        return chain.Hash(bytes.Written);
    }
}
