using AiObs.Events;

namespace AiObs.TestSupport.Stubs;

/// <summary>A scripted sink that records what it is handed. Scripts throw to fail, and wait to be slow or to hang.</summary>
public sealed class StubEventSink : IAgentEventSink
{
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<AgentEvent>> _tries = [];
    private readonly List<AgentEvent> _accepted = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <summary>Gets or sets what a write does, given the number of the try from zero; the events count as accepted when it ends well.</summary>
    public Func<int, IReadOnlyList<AgentEvent>, CancellationToken, ValueTask> OnWrite { get; set; } = (_, _, _) => ValueTask.CompletedTask;

    /// <summary>Gets or sets what a flush does.</summary>
    public Func<CancellationToken, ValueTask> OnFlush { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>Gets how often the sink was flushed.</summary>
    public int FlushCount { get; private set; }

    /// <summary>Gets a value indicating whether two writes ever ran at once.</summary>
    public bool HasOverlapped { get; private set; }

    public IReadOnlyList<IReadOnlyList<AgentEvent>> Tries
    {
        get
        {
            lock (_lock)
            {
                return [.. _tries];
            }
        }
    }

    public IReadOnlyList<AgentEvent> Accepted
    {
        get
        {
            lock (_lock)
            {
                return [.. _accepted];
            }
        }
    }

    public IEnumerable<string> AcceptedTypes => Accepted.Select(item => item.Type);

    /// <summary>Makes a sink that fails so many writes before it works.</summary>
    public static StubEventSink FailingFirst(int failures) => new()
    {
        OnWrite = (number, _, _) => number < failures ? throw new InvalidOperationException("down") : ValueTask.CompletedTask,
    };

    public async ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        HasOverlapped |= Interlocked.Increment(ref _running) > 1;
        try
        {
            int number;
            lock (_lock)
            {
                number = _tries.Count;
                _tries.Add([.. events]);
                Signal();
            }

            await OnWrite(number, events, cancellationToken);
            lock (_lock)
            {
                _accepted.AddRange(events);
                Signal();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        FlushCount++;
        await OnFlush(cancellationToken);
    }

    public Task WaitForTriesAsync(int count) => WaitAsync(() => _tries.Count >= count);

    public Task WaitForAcceptedAsync(int count) => WaitAsync(() => _accepted.Count >= count);

    private async Task WaitAsync(Func<bool> isReached)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (isReached())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
