namespace AiObs.Store;

/// <summary>What a writer's chain looked like at one time. Kept outside of the log, it proves that nothing up to there was changed since.</summary>
/// <param name="Writer">The writer.</param>
/// <param name="Count">How many events it had written.</param>
/// <param name="HeadHash">The hash of the last of them, as 64 hex digits.</param>
public sealed record EventLogAnchor(string Writer, long Count, string HeadHash);
