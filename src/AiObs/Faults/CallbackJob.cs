namespace AiObs;

/// <summary>One run of a <see cref="Callback"/>, which guards its state.</summary>
#pragma warning disable CA1001 // The event takes no handle, as nobody asks for one; who was left behind may still set it.
internal abstract class CallbackJob
#pragma warning restore CA1001
{
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private readonly ManualResetEventSlim _ended = new();

    public CallbackState State { get; set; }

    /// <summary>Gets or sets a value indicating whether nobody waits for it any more.</summary>
    public bool IsAbandoned { get; set; }

    public bool Wait(TimeSpan limit) => _ended.Wait(limit);

    /// <summary>Tells who waits that it has ended.</summary>
    public void End() => _ended.Set();

    /// <summary>Runs it in the flow of who waits.</summary>
    public void Run()
    {
        if (_flow is null)
        {
            Execute();
        }
        else
        {
            ExecutionContext.Run(_flow, static job => ((CallbackJob)job!).Execute(), this);
        }
    }

    protected abstract void Execute();
}
