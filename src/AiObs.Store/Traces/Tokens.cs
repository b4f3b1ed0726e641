namespace AiObs.Store.Traces;

/// <summary>Adds up counts that may be unknown.</summary>
internal static class Tokens
{
    public static long? Add(long? sum, long? count) => sum is null ? count : sum + (count ?? 0);
}
