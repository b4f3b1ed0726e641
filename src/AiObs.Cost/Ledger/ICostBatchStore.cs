namespace AiObs.Cost.Ledger;

/// <summary>A store that keeps many records in one commit, which takes it hardly longer than one of them.</summary>
internal interface ICostBatchStore : ICostStore
{
    /// <summary>Keeps all records, or none when it throws; those of calls that there is a record of already are left out.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Cancels the write; then none of them is kept.</param>
    ValueTask RecordAllAsync(IReadOnlyList<CostRecord> records, CancellationToken cancellationToken);
}
