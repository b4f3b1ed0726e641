using AiObs.Cost.Pricing;

namespace AiObs;

/// <summary>Adds prices to <see cref="AgentContext"/>.</summary>
public static class AiObsAgentContextExtensions
{
    extension(AgentContext)
    {
        /// <summary>Prices the calls inside by a source of prices of their own, such as a contract of one tenant; it is asked before every other source.</summary>
        /// <param name="provider">The source. What it does not know is priced as outside; its <see cref="IPricingProvider.LoadAsync"/> is not called.</param>
        /// <returns>The scope; dispose it to leave.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <see langword="null"/>.</exception>
        /// <remarks>Scopes inside inherit it. Without cost tracking it has no effect.</remarks>
        public static IDisposable UsePricing(IPricingProvider provider) => PricingScope.Begin(provider);
    }
}
