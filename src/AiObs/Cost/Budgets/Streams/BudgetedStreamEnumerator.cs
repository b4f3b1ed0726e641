using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Budgets.Streams;

/// <summary>One reading of a <see cref="BudgetedStream"/>.</summary>
internal sealed class BudgetedStreamEnumerator(BudgetedStream stream, IAsyncEnumerator<ChatResponseUpdate> inner)
    : IAsyncEnumerator<ChatResponseUpdate>
{
    private const string Part = "budget stream";

    private readonly ClosingUpdate _closing = new();
    private readonly StreamAllowance _allowance = new(stream.Reservation, stream.Meter);
    private ChatResponseUpdate? _last;

    public ChatResponseUpdate Current => _last ?? inner.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        if (stream.WasCut)
        {
            return new(false);
        }

        if (_allowance.IsExhausted)
        {
            return CutAsync();
        }

        var pending = inner.MoveNextAsync();
        return pending.IsCompletedSuccessfully ? new(OnMoved(pending.Result)) : AwaitMoveAsync(pending);
    }

    public ValueTask DisposeAsync() => stream.WasCut ? default : inner.DisposeAsync();

    // Pooled, because every update that is waited for goes through here.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitMoveAsync(ValueTask<bool> pending) => OnMoved(await pending.ConfigureAwait(false));

    private bool OnMoved(bool hasUpdate)
    {
        if (hasUpdate)
        {
            stream.Faults.Run(Part, this, static enumerator => enumerator.Meter(enumerator.Current));
        }

        return hasUpdate;
    }

    private void Meter(ChatResponseUpdate update)
    {
        _closing.Follow(update);
        _allowance.Take(update);
    }

    private async ValueTask<bool> CutAsync()
    {
        stream.WasCut = true;
        stream.Faults.Run(Part, _allowance, static allowance => allowance.Cut());
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
            static (task, state) => ((BudgetedStream)state!).Faults.Report(Part, task.Exception!.GetBaseException()),
            stream,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        await closing.WaitAsync(stream.CloseTimeout, stream.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!closing.IsCompleted)
        {
            stream.Faults.Report(Part, new TimeoutException("The stream of the model did not close in time after a budget had ended it."));
        }
    }
}
