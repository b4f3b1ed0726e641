using System.Collections.Concurrent;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>A gate that only counts: what it let through, and what became of that.</summary>
public sealed class CountingGate : ICallGate
{
    private readonly ConcurrentQueue<Ticket> _tickets = new();

    /// <summary>Gets or sets what an admission waits for; <see langword="null"/> where it is there at once.</summary>
    public Func<CallRequest, CancellationToken, Task>? Wait { get; set; }

    /// <summary>Gets or sets after how many updates a stream is ended; 0 for never.</summary>
    public int MostUpdates { get; set; }

    public IReadOnlyCollection<Ticket> Tickets => _tickets;

    public async ValueTask<CallTicket?> AdmitAsync(CallRequest request, CancellationToken cancellationToken)
    {
        if (Wait is not null)
        {
            await Wait(request, cancellationToken);
        }

        return Add(request);
    }

    public CallTicket? Adopt(CallRequest request) => Add(request);

    private Ticket Add(CallRequest request)
    {
        var ticket = new Ticket(request, MostUpdates);
        _tickets.Enqueue(ticket);
        return ticket;
    }

    public sealed class Ticket(CallRequest request, int mostUpdates) : CallTicket
    {
        private int _settled;
        private int _released;

        public CallRequest Request => request;

        public int Settled => _settled;

        public int Released => _released;

        public List<ChatResponseUpdate> Taken { get; } = [];

        public ChatResponse? Noted { get; private set; }

        public override string Name => "counting";

        public override bool LimitsStream => mostUpdates > 0;

        public override bool IsExhausted => mostUpdates > 0 && Taken.Count >= mostUpdates;

        public override void Take(ChatResponseUpdate update) => Taken.Add(update);

        public override void Note(ChatResponse response) => Noted = response;

        public override CallCost? Settle(ModelOperation ended)
        {
            Interlocked.Increment(ref _settled);
            return null;
        }

        public override void Release() => Interlocked.Increment(ref _released);
    }
}
