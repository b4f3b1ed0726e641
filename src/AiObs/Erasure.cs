namespace AiObs;

/// <summary>What was removed from an event log or a cost store.</summary>
/// <param name="Count">How many entries that were: those whose content or ids were erased, or those that retention dropped.</param>
/// <param name="IsWiped">
/// Whether the bytes of everything that was removed so far are gone from the files of the database. <see langword="false"/> on SQLite while somebody who reads the file
/// needs its write-ahead log; the store then goes on trying by itself. Always <see langword="false"/> on PostgreSQL, where <c>WipeErasedAsync</c> has to be called.
/// </param>
public sealed record Erasure(long Count, bool IsWiped);
