using System.Runtime.InteropServices;
using AiObs.Operations;

namespace AiObs.Events.Delivery;

/// <summary>What durable sinks have still to confirm of one piece of work.</summary>
internal sealed class DeliveryReceipt : Confirmation
{
    private readonly List<Share> _shares = [];

    /// <summary>Tells whether an event for a sink waits to be let in; then those after it have to wait, too.</summary>
    public bool HasWaiting(SinkChannel sink) => _shares.Exists(share => ReferenceEquals(share.Sink, sink) && share.Waiting is not null);

    public void AddQueued(SinkChannel sink, long sequence)
    {
        ref var share = ref ShareOf(sink);
        share.First = share.First == 0 ? sequence : share.First;
        share.Last = sequence;
    }

    public void AddWaiting(SinkChannel sink, AgentEvent item) => (ShareOf(sink).Waiting ??= []).Add(item);

    /// <summary>Waits for all sinks; throws for those that did not confirm and whose options ask for it.</summary>
    public override async ValueTask ConfirmAsync(CancellationToken cancellationToken)
    {
        var failures = await WaitAsync(mayThrow: true, cancellationToken).ConfigureAwait(false);
        if (failures.Count == 0)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw failures.Count == 1
            ? failures[0]
            : new EventDeliveryException(string.Join(" ", failures.Select(static failure => failure.Message)), failures[0])
            {
                Sinks = [.. failures.SelectMany(static failure => failure.Sinks)],
            };
    }

    /// <summary>Waits for all sinks and only logs failures, for work whose result or exception must reach the caller.</summary>
    public override async ValueTask SettleAsync(CancellationToken cancellationToken) =>
        await WaitAsync(mayThrow: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Waits for nobody, where there is no way to wait.</summary>
    public override void Forgo()
    {
        foreach (ref var share in CollectionsMarshal.AsSpan(_shares))
        {
            share.Sink.Forgo(share.Waiting?.Count ?? 0);
            share.Waiting = null;
        }
    }

    /// <summary>Waits for all sinks at once, so that several slow ones take the time of the slowest. Returns what to throw.</summary>
    private async ValueTask<List<EventDeliveryException>> WaitAsync(bool mayThrow, CancellationToken cancellationToken)
    {
        var shares = _shares.ToArray();
        _shares.Clear();
        var results = await Task.WhenAll(shares.Select(
            share => share.Sink.ConfirmAsync(share.First, share.Last, share.Waiting, cancellationToken).AsTask())).ConfigureAwait(false);
        var thrown = new List<EventDeliveryException>();
        foreach (var (share, failure) in shares.Zip(results))
        {
            if (failure is null)
            {
                continue;
            }

            if (mayThrow && share.Sink.Throws)
            {
                thrown.Add(failure);
            }
            else
            {
                share.Sink.LogUnconfirmed(failure);
            }
        }

        return thrown;
    }

    private ref Share ShareOf(SinkChannel sink)
    {
        var index = _shares.FindIndex(share => ReferenceEquals(share.Sink, sink));
        if (index < 0)
        {
            index = _shares.Count;
            _shares.Add(new Share { Sink = sink });
        }

        return ref CollectionsMarshal.AsSpan(_shares)[index];
    }

    private struct Share
    {
        public SinkChannel Sink;
        public long First;
        public long Last;
        public List<AgentEvent>? Waiting;
    }
}
