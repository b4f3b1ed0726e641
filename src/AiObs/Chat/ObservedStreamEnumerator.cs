using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>One reading of an <see cref="ObservedStream"/>.</summary>
/// <remarks>Written by hand: a compiler-made iterator would run a state machine for every update, also for those that are there already.</remarks>
internal sealed class ObservedStreamEnumerator(ObservedStream stream, CancellationToken cancellationToken)
    : IAsyncEnumerator<ChatResponseUpdate>
{
    private IAsyncEnumerator<ChatResponseUpdate>? _inner;
    private StreamObservation? _running;
    private StreamFlow _flow;

    public ChatResponseUpdate Current => _inner!.Current;

    private bool IsCancelled => cancellationToken.IsCancellationRequested || stream.CancellationToken.IsCancellationRequested;

    public ValueTask<bool> MoveNextAsync()
    {
        ValueTask<bool> pending;
        var visit = _flow.Enter();
        try
        {
            _inner ??= Open(visit);
            _running?.BeforeMove();
            pending = _inner.MoveNextAsync();
        }
        catch (Exception exception)
        {
            _running?.Fail(exception, IsCancelled);
            Forget();
            throw;
        }
        finally
        {
            visit.Leave();
        }

        if (_running is null)
        {
            return pending;
        }

        return pending.IsCompletedSuccessfully ? new(OnMoved(pending.Result)) : AwaitMoveAsync(pending);
    }

    public async ValueTask DisposeAsync()
    {
        if (_inner is null)
        {
            return;
        }

        try
        {
            await DisposeInner().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }

        End(static (observation, _) => observation.Abandon(), state: true);
    }

    private IAsyncEnumerator<ChatResponseUpdate> Open(in StreamFlow.Visit visit)
    {
        var messages = ChatRecorder.Materialize(stream.Messages);
        var options = stream.Options;
        var observation = stream.Observe();
        var start = observation.Start(messages, ref options);
        _running = start.IsObserved ? observation : null;
        _flow.Adopt(start, visit);

        var updates = stream.Inner.GetStreamingResponseAsync(messages, options, stream.CancellationToken);
        return observation.Guard(updates).GetAsyncEnumerator(cancellationToken);
    }

    // Pooled, because every update that is waited for goes through here.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitMoveAsync(ValueTask<bool> pending)
    {
        bool hasUpdate;
        try
        {
            hasUpdate = await pending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }

        return OnMoved(hasUpdate);
    }

    private bool OnMoved(bool hasUpdate)
    {
        if (hasUpdate)
        {
            _running?.OnUpdate(_inner!.Current);
        }
        else
        {
            End(static (observation, _) => observation.Complete(), state: true);
        }

        return hasUpdate;
    }

    private ValueTask DisposeInner()
    {
        var visit = _flow.Enter();
        try
        {
            return _inner!.DisposeAsync();
        }
        finally
        {
            visit.Leave();
        }
    }

    private void Fail(Exception exception) => End(
        static (observation, state) => observation.Fail(state.exception, state.IsCancelled), (exception, IsCancelled));

    private void End<TState>(Action<StreamObservation, TState> end, TState state)
    {
        if (_running is not { } running)
        {
            return;
        }

        // Closing the span changes the current activity, so it must happen in our own flow.
        var visit = _flow.Enter();
        try
        {
            end(running, state);
        }
        finally
        {
            visit.Leave();
            Forget();
        }
    }

    private void Forget()
    {
        _running = null;
        _flow.Forget();
    }
}
