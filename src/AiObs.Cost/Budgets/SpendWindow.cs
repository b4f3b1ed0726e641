namespace AiObs.Cost.Budgets;

/// <summary>Adds up spend, and forgets what has left the window. Times are UTC ticks and never run backwards.</summary>
internal abstract class SpendWindow
{
    /// <summary>Returns what was spent in the window that ends now.</summary>
    public abstract decimal Spent(long now);

    /// <summary>Adds what was spent now.</summary>
    public abstract void Add(decimal amount, long now);

    /// <summary>Returns when at least so much, or else everything, has left the window; <see langword="null"/> when that never happens.</summary>
    public abstract long? WhenFreed(decimal amount, long now);
}
