using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Pipeline;

/// <summary>The tickets of one call that passed several gates. What one of them throws keeps nothing from the others.</summary>
internal sealed class JoinedTicket(CallTicket first, CallTicket second, Faults faults) : CallTicket
{
    public override string Name => Holds(first, static ticket => ticket.IsExhausted) ? first.Name : second.Name;

    public override bool LimitsStream => Holds(first, static ticket => ticket.LimitsStream) || Holds(second, static ticket => ticket.LimitsStream);

    public override TimeSpan CloseTimeout =>
        TimeSpan.FromTicks(Math.Min(CloseTimeoutOf(first).Ticks, CloseTimeoutOf(second).Ticks));

    public override bool IsExhausted => Holds(first, static ticket => ticket.IsExhausted) || Holds(second, static ticket => ticket.IsExhausted);

    public override void Take(ChatResponseUpdate update) => Both(update, static (ticket, update) => ticket.Take(update));

    public override void TakePiece(string piece) => Both(piece, static (ticket, piece) => ticket.TakePiece(piece));

    public override void Note(ChatResponse response) => Both(response, static (ticket, response) => ticket.Note(response));

    public override void Defer() => Both(0, static (ticket, _) => ticket.Defer());

    public override CallCost? Settle(ModelOperation ended)
    {
        var cost = faults.Get(CallGates.Part, (first, ended), static state => state.first.Settle(state.ended));
        var other = faults.Get(CallGates.Part, (second, ended), static state => state.second.Settle(state.ended));
        return cost ?? other;
    }

    public override void Release() => Both(0, static (ticket, _) => ticket.Release());

    private bool Holds(CallTicket ticket, Func<CallTicket, bool> ask) =>
        faults.Get(CallGates.Part, (ticket, ask), static state => state.ask(state.ticket) ? state.ticket : null) is not null;

    private TimeSpan CloseTimeoutOf(CallTicket ticket) =>
        faults.Get(CallGates.Part, ticket, static ticket => (object)ticket.CloseTimeout) as TimeSpan? ?? DefaultCloseTimeout;

    private void Both<TState>(TState state, Action<CallTicket, TState> tell)
    {
        faults.Run(CallGates.Part, (first, state, tell), static told => told.tell(told.first, told.state));
        faults.Run(CallGates.Part, (second, state, tell), static told => told.tell(told.second, told.state));
    }
}
