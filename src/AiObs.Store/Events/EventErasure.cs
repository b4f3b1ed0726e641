namespace AiObs.Store;

/// <summary>What was removed from an event log.</summary>
/// <param name="Count">How many events that were: those whose content was erased, or those that retention dropped.</param>
/// <param name="IsWiped">
/// Whether the bytes of everything that was removed so far are gone from the files of the database. <see langword="false"/> on SQLite while somebody who reads the file
/// needs its write-ahead log; the log then goes on trying by itself. Always <see langword="false"/> on PostgreSQL, where <see cref="IEventLog.WipeErasedAsync"/> has to be called.
/// </param>
public sealed record EventErasure(long Count, bool IsWiped);
