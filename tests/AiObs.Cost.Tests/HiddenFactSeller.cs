namespace AiObs.Cost.Tests;

/// <summary>Who is asked, and for what.</summary>
/// <param name="Provider">What the client calls itself.</param>
/// <param name="Address">Where it sends requests.</param>
/// <param name="Model">A model that is known.</param>
/// <param name="Alike">One that is not, and whose name begins like it.</param>
internal sealed record HiddenFactSeller(string Provider, string Address, string Model, string Alike)
{
    public bool IsAnthropic => Provider == "anthropic";

    public bool IsOpenAI => Address.Contains("api.openai", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether thoughts are in the total alone.</summary>
    public bool LeavesThoughtsOut => Model is "gemini-2.5-pro" or "grok-4";
}
