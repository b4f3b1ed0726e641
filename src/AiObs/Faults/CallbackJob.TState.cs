using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace AiObs;

/// <summary>One run of a function.</summary>
internal sealed class CallbackJob<TState, TResult>(TState state, Func<TState, TResult> function, AsyncLocal<StrongBox<bool>?> isWithin)
    : CallbackJob(isWithin)
{
    private TResult? _result;
    private ExceptionDispatchInfo? _thrown;

    public TResult? GetResult()
    {
        _thrown?.Throw();
        return _result;
    }

    protected override void Execute()
    {
        try
        {
            _result = function(state);
        }
#pragma warning disable CA1031 // Thrown where it is waited for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _thrown = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
