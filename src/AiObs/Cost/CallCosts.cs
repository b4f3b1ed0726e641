using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>What of a call only its price depends on. Apart from the operation, because most applications that trace do not price.</summary>
/// <param name="tracking">What prices the call.</param>
internal sealed class CallCosts(CostTracking tracking)
{
    private object? _totalBox;

    /// <summary>Gets what prices the call.</summary>
    public CostTracking Tracking { get; } = tracking;

    /// <summary>Gets or sets the source of prices that the scope around the call names.</summary>
    public IPricingProvider? Pricing { get; set; }

    /// <summary>Gets or sets what budgets have set aside for the call.</summary>
    public BudgetReservation? Reservation { get; set; }

    /// <summary>Gets or sets what was asked, for an estimate where the provider does not report it; <see langword="null"/> where it is no chat, and after the end.</summary>
    public IList<ChatMessage>? RequestMessages { get; set; }

    /// <summary>Gets or sets the options that belong to <see cref="RequestMessages"/>.</summary>
    public ChatOptions? RequestOptions { get; set; }

    /// <summary>Gets or sets the tokens that were delivered, by estimate; until the end of a stream, those that none of its updates has.</summary>
    public TokenEstimate Delivered { get; set; }

    /// <summary>Returns what the call cost as it stands on spans, in a box that all conventions share.</summary>
    public object? BoxOf(decimal? total) => total is { } known ? _totalBox ??= (double)known : null;

    /// <summary>Returns the costs of a call in the current scope; <see langword="null"/> where nothing prices it.</summary>
    public static CallCosts? Of(CostTracking? tracking) => tracking is null ? null : new(tracking) { Pricing = AgentContext.CurrentPricing };
}
