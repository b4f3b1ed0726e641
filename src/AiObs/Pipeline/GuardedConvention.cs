using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>A convention of the application's own, which may throw or hang without harm to the call.</summary>
internal sealed class GuardedConvention : ISpanConvention
{
    private const string Part = "convention";

    private readonly ISpanConvention _inner;
    private readonly Faults _faults;
    private readonly Callback _callback;

    public GuardedConvention(ISpanConvention inner, TimeSpan limit, Faults faults)
    {
        _inner = inner;
        _faults = faults;
        _callback = new Callback(Part, limit, faults);
        FlattensContent = Run(inner, static inner => inner.FlattensContent);
    }

    public bool FlattensContent { get; }

    /// <summary>Gives the convention tags of its own to add to: one that comes too late would write among those that others have added since.</summary>
    public void Start(AgentOperation operation, ref TagList tags) => tags = Run((Convention: this, operation, tags: new TagList([.. tags])), static state =>
    {
        try
        {
            state.Convention._inner.Start(state.operation, ref state.tags);
        }
#pragma warning disable CA1031 // What it had added by then stays.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            state.Convention._faults.Report(Part, exception);
        }

        return (TagList?)state.tags;
    }) ?? tags;

    public void WriteResult(Activity activity, AgentOperation operation) => Run((_inner, activity, operation), static state =>
    {
        state._inner.WriteResult(state.activity, state.operation);
        return true;
    });

    public void WriteContent(Activity activity, AgentOperation operation) => Run((_inner, activity, operation), static state =>
    {
        state._inner.WriteContent(state.activity, state.operation);
        return true;
    });

    private TResult? Run<TState, TResult>(TState state, Func<TState, TResult> function)
    {
        try
        {
            _callback.TryRun(state, function, out var result);
            return result;
        }
#pragma warning disable CA1031 // Observing never breaks the observed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _faults.Report(Part, exception);
            return default;
        }
    }
}
