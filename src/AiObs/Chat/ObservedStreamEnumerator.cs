using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>One reading of an <see cref="ObservedStream"/>.</summary>
/// <remarks>
/// Written by hand: a compiler-made iterator would run a state machine for every update, also for those that are there already.
/// These pass through <see cref="MoveNextAsync"/> alone, where little things count: it runs for every update of every stream.
/// It has four returns and no more. The JIT would join more of them in memory, where the value that was put together there is read back
/// before it has arrived, and the processor waits.
/// </remarks>
internal sealed class ObservedStreamEnumerator(ObservedStream stream, CancellationToken cancellationToken)
    : IAsyncEnumerator<ChatResponseUpdate>
{
    private IAsyncEnumerator<ChatResponseUpdate>? _inner;
    private StreamObservation? _running;
    private CallFlow _flow;
    private Confirmation? _confirmation;
    private bool _isOpening;

    public ChatResponseUpdate Current => _inner!.Current;

    private bool IsCancelled => cancellationToken.IsCancellationRequested || stream.CancellationToken.IsCancellationRequested;

    public ValueTask<bool> MoveNextAsync()
    {
        StreamObservation? running;
        ValueTask<bool> pending;
        var consumer = _flow.Enter();
        try
        {
            _inner ??= Open(consumer);
            running = _running;
            running?.Timer?.Start();
            pending = _inner.MoveNextAsync();
        }
        catch (Exception exception)
        {
            Break(exception, consumer);
            if (_confirmation is not null)
            {
                return SettleAsync(exception);
            }

            throw;
        }

        _flow.Leave(consumer);
        if (running is null || !pending.IsCompletedSuccessfully)
        {
            return GoOn(pending);
        }

        if (!pending.Result)
        {
            return CompleteAsync();
        }

        var update = _inner.Current;
        try
        {
            running.Note(update);
        }
#pragma warning disable CA1031 // Observing never breaks the observed; caught here, because one call more for every update would show.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            stream.Source.Faults.Report(StreamObservation.Part, exception);
        }

        return new(result: true);
    }

    public ValueTask DisposeAsync() =>
        _inner is null ? ValueTask.CompletedTask
        : _running is null && _confirmation is null ? DisposeInner()
        : LeaveAsync();

    /// <summary>Disposes a stream whose end was not seen.</summary>
    private async ValueTask LeaveAsync()
    {
        try
        {
            await DisposeInner().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            await SettleAsync().ConfigureAwait(false);
            throw;
        }

        End(static (observation, _) => observation.Abandon(), state: true);

        // What leaves a stream early is often an exception of the consumer's, and none of ours may take its place.
        await SettleAsync().ConfigureAwait(false);
    }

    private IAsyncEnumerator<ChatResponseUpdate> Open(ExecutionContext? consumer)
    {
        var messages = RequestSequence<ChatMessage>.Of(stream.Messages);
        var observation = stream.Source.Observe();
        var admission = observation.AdmitAsync(messages, stream.Options, stream.CancellationToken);
        return admission.IsCompletedSuccessfully
            ? Open(observation, messages, consumer)
            : new Admission(this, admission.AsTask(), observation, messages, consumer);
    }

    private IAsyncEnumerator<ChatResponseUpdate> Open(StreamObservation observation, IEnumerable<ChatMessage> messages, ExecutionContext? consumer)
    {
        var operation = observation.Start(messages, stream.Options);
        _flow.Adopt(operation, consumer);
        _running = operation is null ? null : observation;
        var updates = stream.Source.Inner.GetStreamingResponseAsync(messages, stream.Options, stream.CancellationToken).OfClient(stream.Source.Inner);
        return (operation is null ? updates : observation.Guard(updates)).GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>Ends the observation of a stream that threw while it was asked.</summary>
    private void Break(Exception exception, ExecutionContext? consumer)
    {
        _running?.Fail(exception, IsCancelled);
        Forget();
        _flow.Leave(consumer);
    }

    private ValueTask<bool> GoOn(ValueTask<bool> pending) => _running is null && !_isOpening ? pending : AwaitMoveAsync(pending);

    // Pooled, because every update that is waited for goes through here.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitMoveAsync(ValueTask<bool> pending)
    {
        bool hasUpdate;
        if (_running is { } waiting && !pending.IsCompleted)
        {
            waiting.Wait();
            waiting.Timer?.Wait();
        }

        try
        {
            hasUpdate = await pending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            await SettleAsync().ConfigureAwait(false);
            throw;
        }

        if (!hasUpdate)
        {
            return await CompleteAsync().ConfigureAwait(false);
        }

        if (_running is { } running)
        {
            running.Take(_inner!.Current, stream.Source.Faults);
        }

        return true;
    }

    private ValueTask<bool> CompleteAsync()
    {
        End(static (observation, _) => observation.Complete(), state: true);
        return _confirmation is { } confirmation ? ConfirmAsync(confirmation) : default;
    }

    /// <summary>Holds back the end of the stream until durable event sinks have confirmed.</summary>
    private async ValueTask<bool> ConfirmAsync(Confirmation confirmation)
    {
        _confirmation = null;
        await confirmation.ConfirmAsync(stream.CancellationToken).ConfigureAwait(false);
        return false;
    }

    private async ValueTask SettleAsync()
    {
        if (_confirmation is { } confirmation)
        {
            _confirmation = null;
            await confirmation.SettleAsync(stream.CancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> SettleAsync(Exception exception)
    {
        var thrown = ExceptionDispatchInfo.Capture(exception);
        await SettleAsync().ConfigureAwait(false);
        thrown.Throw();
        return false;
    }

    private ValueTask DisposeInner()
    {
        var consumer = _flow.Enter();
        try
        {
            return _inner!.DisposeAsync();
        }
        finally
        {
            _flow.Leave(consumer);
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
        var consumer = _flow.Enter();
        try
        {
            end(running, state);
        }
        finally
        {
            _flow.Leave(consumer);
            Forget();
        }
    }

    private void Forget()
    {
        _confirmation = _running?.Confirmation;
        _running = null;
        _flow.Forget();
    }

    /// <summary>A stream whose call waits for a gate that has to ask elsewhere.</summary>
    private sealed class Admission : IAsyncEnumerator<ChatResponseUpdate>
    {
        private readonly ObservedStreamEnumerator _owner;
        private readonly Task _admission;
        private readonly StreamObservation _observation;
        private readonly IEnumerable<ChatMessage> _messages;
        private readonly ExecutionContext? _consumer;
        private IAsyncEnumerator<ChatResponseUpdate>? _inner;

        public Admission(
            ObservedStreamEnumerator owner,
            Task admission,
            StreamObservation observation,
            IEnumerable<ChatMessage> messages,
            ExecutionContext? consumer)
        {
            _owner = owner;
            _admission = admission;
            _observation = observation;
            _messages = messages;
            _consumer = consumer;
            owner._isOpening = true;
        }

        public ChatResponseUpdate Current => _inner!.Current;

        public ValueTask<bool> MoveNextAsync() => _inner is { } inner ? inner.MoveNextAsync() : OpenAsync();

        public ValueTask DisposeAsync() => _inner?.DisposeAsync() ?? default;

        private async ValueTask<bool> OpenAsync()
        {
            // What is asked behind this, tools among it, may need the caller's context.
            await _admission.ConfigureAwait(true);
            _inner = _owner.Open(_observation, _messages, _consumer);
            _owner._isOpening = false;
            var first = _inner.MoveNextAsync();
            if (!first.IsCompleted)
            {
                _owner._running?.Wait();
            }

            return await first.ConfigureAwait(false);
        }
    }
}
