namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Counts who is inside, so that a flush can wait for those who came before it, and for nobody who comes after.</summary>
internal sealed class Passage
{
    private readonly int[] _inside = new int[2];
    private int _epoch;

    /// <summary>Enters; hand what it returns to <see cref="Leave"/>.</summary>
    public int Enter()
    {
        var side = Volatile.Read(ref _epoch) & 1;
        Interlocked.Increment(ref _inside[side]);
        return side;
    }

    public void Leave(int side) => Interlocked.Decrement(ref _inside[side]);

    /// <summary>Waits until those who are inside have left; <see langword="false"/> when that took too long.</summary>
    public bool WaitForThoseInside(int timeoutMilliseconds)
    {
        var side = (Interlocked.Increment(ref _epoch) - 1) & 1;
        return SpinWait.SpinUntil(() => Volatile.Read(ref _inside[side]) == 0, timeoutMilliseconds);
    }
}
