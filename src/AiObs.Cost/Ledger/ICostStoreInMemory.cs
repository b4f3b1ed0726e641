namespace AiObs.Cost.Ledger;

/// <summary>A store that has a record when <see cref="ICostStore.RecordAsync"/> returns, so that nothing needs to be written behind.</summary>
internal interface ICostStoreInMemory : ICostStore;
