using System.Runtime.CompilerServices;

namespace AiObs;

/// <summary>One run of a <see cref="Callback"/>, which guards its state.</summary>
/// <param name="isWithin">Tells the code that runs, and what it starts, that it does.</param>
#pragma warning disable CA1001 // The event takes no handle, as nobody asks for one; who was left behind may still set it.
internal abstract class CallbackJob(AsyncLocal<StrongBox<bool>?> isWithin)
#pragma warning restore CA1001
{
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private readonly ManualResetEventSlim _ended = new();

    public CallbackState State { get; set; }

    /// <summary>Gets or sets when a thread began with it.</summary>
    public long Started { get; set; }

    /// <summary>Gets or sets a value indicating whether nobody waits for it any more.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Waits for the whole of a time: an event counts full milliseconds alone, and what it left would be time enough for one run more.</summary>
    public bool Wait(TimeSpan limit) => _ended.Wait(TimeSpan.FromMilliseconds(Math.Ceiling(limit.TotalMilliseconds)));

    /// <summary>Tells who waits that it has ended.</summary>
    public void End() => _ended.Set();

    /// <summary>Runs it in the flow of who waits.</summary>
    public void Run()
    {
        if (_flow is null)
        {
            RunHere();
        }
        else
        {
            ExecutionContext.Run(_flow, static job => ((CallbackJob)job!).RunHere(), this);
        }
    }

    protected abstract void Execute();

    private void RunHere()
    {
        // What it starts and leaves running when it ends is within nothing any more.
        var running = new StrongBox<bool>(true);
        isWithin.Value = running;
        Execute();
        running.Value = false;
    }
}
