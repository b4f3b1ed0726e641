namespace AiObs.Cost.Ledger;

/// <summary>Keeps cost records.</summary>
public interface ICostStore
{
    /// <summary>Keeps a record; a second record of the same call, unless it is a correction, is ignored.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>Whether the record is new.</returns>
    ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default);
}
