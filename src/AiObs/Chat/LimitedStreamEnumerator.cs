using System.Runtime.CompilerServices;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>One reading of a <see cref="LimitedStream"/>.</summary>
internal sealed class LimitedStreamEnumerator(LimitedStream stream, IAsyncEnumerator<ChatResponseUpdate> inner)
    : IAsyncEnumerator<ChatResponseUpdate>
{
    private const string Part = "limited stream";

    private readonly ClosingUpdate _closing = new();
    private ChatResponseUpdate? _last;
    private bool _wasCut;

    public ChatResponseUpdate Current => _last ?? inner.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_wasCut)
        {
            return new(false);
        }

        if (IsExhausted())
        {
            return CutAsync();
        }

        var pending = inner.MoveNextAsync();
        return pending.IsCompletedSuccessfully ? new(OnMoved(pending.Result)) : AwaitMoveAsync(pending);
    }

    public ValueTask DisposeAsync() => _wasCut ? default : inner.DisposeAsync();

    // Pooled, because every update that is waited for goes through here.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitMoveAsync(ValueTask<bool> pending) => OnMoved(await pending.ConfigureAwait(false));

    private bool OnMoved(bool hasUpdate)
    {
        if (hasUpdate)
        {
            stream.Faults.Run(Part, this, static enumerator => enumerator._closing.Follow(enumerator.Current));
        }

        return hasUpdate;
    }

    private bool IsExhausted() =>
        stream.Faults.Get(Part, stream.Ticket, static ticket => ticket.IsExhausted ? ticket : null) is not null;

    private TimeSpan CloseTimeout()
    {
        var timeout = stream.Faults.Get(Part, stream.Ticket, static ticket => (object)ticket.CloseTimeout) as TimeSpan?;
        return timeout >= TimeSpan.Zero ? timeout.Value : CallTicket.DefaultCloseTimeout;
    }

    private async ValueTask<bool> CutAsync()
    {
        _wasCut = true;
        stream.Operation.EndedBy = stream.Faults.Get(Part, stream.Ticket, static ticket => ticket.Name) ?? CallGates.Part;
        await CloseInnerAsync().ConfigureAwait(false);
        _last = _closing.Create();
        return true;
    }

    /// <summary>Closes the inner stream. Whether it throws or hangs, what was delivered is kept and the end comes.</summary>
    private async ValueTask CloseInnerAsync()
    {
        if (stream.Faults.Get(Part, inner, static inner => inner.DisposeAsync().AsTask()) is not { } closing)
        {
            return;
        }

        // Heard of even when it fails after everybody has left.
        _ = closing.ContinueWith(
            static (task, state) => ((LimitedStream)state!).Faults.Report(Part, task.Exception!.GetBaseException()),
            stream,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        await closing.WaitAsync(CloseTimeout(), stream.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!closing.IsCompleted)
        {
            stream.Faults.Report(Part, new TimeoutException("The stream of the model did not close in time after it had been ended."));
        }
    }
}
