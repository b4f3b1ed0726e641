using AiObs.Cost.Pricing;
using AiObs.Pipeline;

namespace AiObs.Prices;

/// <summary>Tells of what goes wrong with a refresh: counts each time, and logs a problem once until another one comes or all is well again.</summary>
internal sealed class PriceRefreshNews(ObservabilityCore core)
{
    /// <summary>What its faults are counted as.</summary>
    public const string Part = "price_refresh";

    private static readonly TimeSpan OldAge = TimeSpan.FromDays(90);

    private string? _problem;
    private string? _cacheProblem;
    private bool _isOld;

    /// <summary>Tells what came of a refresh.</summary>
    public void Tell(PriceRefreshResult result)
    {
        if (result.Outcome == PriceRefreshOutcome.Updated)
        {
            core.Logger.PricesUpdated(result.Version);
        }

        if (result.Reason is not null)
        {
            core.Faults.Count(Part);
            if (result.Reason != _problem)
            {
                core.Logger.PricesNotRefreshed(result.Reason, result.Version);
            }
        }

        _problem = result.Reason;
    }

    /// <summary>Tells whether the file between runs could be used.</summary>
    /// <param name="problem">Why not; <see langword="null"/> where it could.</param>
    public void TellOfCache(string? problem)
    {
        if (problem is not null)
        {
            core.Faults.Count(Part);
            if (problem != _cacheProblem)
            {
                core.Logger.PriceCacheUnusable(LogText.Line(problem));
            }
        }

        _cacheProblem = problem;
    }

    /// <summary>Warns once of prices that have not been known to be current for long.</summary>
    public void TellOfAge(TimeSpan age, string version)
    {
        if (age > OldAge && !_isOld)
        {
            core.Logger.PricesOld(version, age.Days, PriceRefreshOptions.SectionName);
        }

        _isOld = age > OldAge;
    }
}
