namespace AiObs.Store;

/// <summary>What the last scheduled verification of an event log came to.</summary>
/// <param name="Time">When it began.</param>
/// <param name="Result">What it found; <see langword="null"/> where it could not be made.</param>
/// <param name="ErrorType">The full type name of what it failed with; <see langword="null"/> where it was made.</param>
public sealed record VerificationRecord(DateTimeOffset Time, EventLogVerification? Result, string? ErrorType = null);
