using AiObs.Conversations.Storing;
using AiObs.Store;

namespace AiObs.Conversations.Turns;

/// <summary>Keeps a turn for whoever runs it: a row that is renewed while the call or the stream goes on, and left to others when it does not.</summary>
internal sealed class LeaseRenewal : IAsyncDisposable
{
    private const int RenewalsPerLease = 3;

    private readonly ConversationView _view;
    private readonly OpenTurn _turn;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ITimer _timer;
    private volatile bool _isBusy;
    private volatile bool _hasMoved;
    private Task _renewal = Task.CompletedTask;

    private LeaseRenewal(ConversationView view, OpenTurn turn)
    {
        _view = view;
        _turn = turn;
        var period = view.Options.TurnLease / RenewalsPerLease;
        _timer = view.Clock.CreateTimer(static lease => ((LeaseRenewal)lease!).Tick(), this, period, period);
    }

    /// <summary>Begins to renew the lease of a turn.</summary>
    public static LeaseRenewal Of(ConversationView view, OpenTurn turn) => new(view, turn);

    /// <summary>Sets a value indicating whether the model is at work. While the consumer of a stream is, a turn may get lost to others.</summary>
    public bool IsBusy
    {
        set
        {
            _isBusy = value;
            _hasMoved = true;
        }
    }

    /// <summary>Writes the turn as it is now, with a new lease. Where that fails, the next time may do better.</summary>
    public async Task RenewAsync()
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            using var timeout = new CancellationTokenSource(_view.Options.SaveTimeout, _view.Clock);
            while (!_turn.IsLost && !await TryRenewAsync(timeout.Token).ConfigureAwait(false))
            {
                await OpenTurnRead.RefreshAsync(_view, _turn, timeout.Token).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The turn goes on: whether it is still its own is found out when it ends.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _view.Observability.Core.Logger.TurnLeaseNotRenewed(exception.GetType().FullName, _turn.Record.LeaseUntil, exception.StackTrace);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends renewing, once the one that is under way is done.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await Volatile.Read(ref _renewal).ConfigureAwait(false);
        _one.Dispose();
    }

    private void Tick()
    {
        if (_renewal.IsCompleted && (_isBusy || _hasMoved))
        {
            _hasMoved = false;
            Volatile.Write(ref _renewal, RenewAsync());
        }
    }

    /// <returns>Whether nobody else had written to the conversation.</returns>
    private async ValueTask<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        var record = _turn.Record with { LeaseUntil = _view.Now + _view.Options.TurnLease };
        try
        {
            var result = await _view.CommitAsync(
                _view.Commit(_turn.Conversation, []) with { Turn = record, ExpectedVersion = _turn.Conversation.Version }, cancellationToken).ConfigureAwait(false);
            _turn.Conversation = _turn.Conversation with { Version = result.Version };
            _turn.Record = record;
            return true;
        }
        catch (ConversationConflictException)
        {
            return false;
        }
    }
}
