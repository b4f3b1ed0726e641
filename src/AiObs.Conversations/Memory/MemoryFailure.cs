namespace AiObs.Memory;

/// <summary>What failed while memory worked, though the turn goes on.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Exception">What went wrong.</param>
public sealed record MemoryFailure(string Strategy, Exception Exception);
