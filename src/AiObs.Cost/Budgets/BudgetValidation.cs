namespace AiObs.Cost.Budgets;

/// <summary>Says of wrong budgets what is wrong, where, and what to do.</summary>
internal static class BudgetValidation
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    /// <summary>Adds what is wrong with budgets.</summary>
    /// <param name="budgets">The budgets.</param>
    /// <param name="section">The configuration section that they stand in, such as <c>AgentObservability:Costs:Budgets</c>.</param>
    /// <param name="failures">Where to add it.</param>
    public static void Validate(IList<Budget> budgets, string section, ICollection<string> failures)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < budgets.Count; i++)
        {
            var at = $"{section}:{i}";
            if (!names.Add(budgets[i].Name))
            {
                failures.Add($"{at}:Name is '{budgets[i].Name}', as that of an earlier budget. Give each budget a name of its own.");
            }

            failures.AddAll(Problems(budgets[i], at));
        }
    }

    private static IEnumerable<string> Problems(Budget budget, string at) =>
        NameAndLimits(budget, at).Concat(Choices(budget, at)).Concat(Window(budget, at)).Concat(Zone(budget, at)).Concat(Alerts(budget, at));

    private static IEnumerable<string> NameAndLimits(Budget budget, string at)
    {
        if (string.IsNullOrWhiteSpace(budget.Name))
        {
            yield return $"{at}:Name is empty. Give the budget a name; refusals, metrics and log records show it.";
        }

        if (budget is { Limit: null, TokenLimit: null })
        {
            yield return $"{at} has no limit. Set Limit (in USD), TokenLimit, or both.";
        }

        if (budget.Limit <= 0)
        {
            yield return FormattableString.Invariant($"{at}:Limit is {budget.Limit}. Give an amount in USD greater than 0.");
        }

        if (budget.TokenLimit <= 0)
        {
            yield return FormattableString.Invariant($"{at}:TokenLimit is {budget.TokenLimit}. Give a number of tokens greater than 0.");
        }
    }

    private static IEnumerable<string> Choices(Budget budget, string at)
    {
        if (!Enum.IsDefined(budget.Scope))
        {
            yield return $"{at}:Scope has the unknown value {(int)budget.Scope}. Use Global, User, Conversation, Session or Tag.";
        }

        if (!Enum.IsDefined(budget.Mode))
        {
            yield return $"{at}:Mode has the unknown value {(int)budget.Mode}. Use Block, Warn or Shadow.";
        }

        if (budget.Tag is not null && budget.Scope != BudgetScope.Tag)
        {
            yield return $"{at}:Tag is '{budget.Tag}', but Scope is {budget.Scope}. Set Scope to Tag, or leave Tag out.";
        }

        if (budget.Tag is "" || budget.ModelPrefix is "")
        {
            yield return $"{at}:{(budget.Tag is "" ? "Tag" : "ModelPrefix")} is empty. Give it a value, or leave it out.";
        }

        if (budget is { EndStreams: true, Mode: not BudgetMode.Block })
        {
            yield return $"{at}:EndStreams is on, but Mode is {budget.Mode}, which never stops anything. Set Mode to Block, or leave EndStreams out.";
        }

        if (budget is { RefuseUnpriced: true, Limit: null })
        {
            yield return $"{at}:RefuseUnpriced is on, but there is no limit in money. Set Limit, or leave RefuseUnpriced out.";
        }
    }

    private static IEnumerable<string> Window(Budget budget, string at)
    {
        if (!Enum.IsDefined(budget.Window))
        {
            yield return $"{at}:Window has the unknown value {(int)budget.Window}. Use CalendarDay, CalendarMonth, Rolling, PerCall or Lifetime.";
        }

        if (budget is { Window: BudgetWindow.Rolling, Period: null })
        {
            yield return $"{at}:Period is missing. Say how long the rolling window is, such as 01:00:00.";
        }

        if (budget is { Window: not BudgetWindow.Rolling, Period: { } unused })
        {
            yield return $"{at}:Period is {unused}, but Window is {budget.Window}. Set Window to Rolling, or leave Period out.";
        }

        if (budget is { Window: BudgetWindow.Rolling, Period: { } period } && (period < ShortestPeriod || period > LongestPeriod))
        {
            yield return $"{at}:Period is {period}. Give a time from a second to 366 days.";
        }

        if (budget.Window == BudgetWindow.Lifetime && budget.Scope != BudgetScope.Global && (budget.Scope != BudgetScope.Tag || budget.Tag is null))
        {
            yield return $"{at}:Window is Lifetime, but Scope is {budget.Scope}, whose accounts would never end. Use a rolling window with a long Period, such as 30.00:00:00.";
        }
    }

    private static IEnumerable<string> Zone(Budget budget, string at)
    {
        if (budget.TimeZone is not { } zone)
        {
            yield break;
        }

        if (budget.Window is not (BudgetWindow.CalendarDay or BudgetWindow.CalendarMonth))
        {
            yield return $"{at}:TimeZone is '{zone}', but Window is {budget.Window}. Only calendar days and months have a time zone; leave it out.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return $"{at}:TimeZone is '{zone}', which this machine does not know. Use a name such as Europe/Berlin, or leave it out for UTC.";
        }
    }

    private static IEnumerable<string> Alerts(Budget budget, string at)
    {
        for (var i = 0; i < budget.AlertAt.Count; i++)
        {
            if (budget.AlertAt[i] is <= 0 or > 1)
            {
                yield return FormattableString.Invariant($"{at}:AlertAt:{i} is {budget.AlertAt[i]}. Give a part of the limit, greater than 0 and at most 1, such as 0.8.");
            }
            else if (budget.AlertAt.IndexOf(budget.AlertAt[i]) < i)
            {
                yield return FormattableString.Invariant($"{at}:AlertAt:{i} is {budget.AlertAt[i]}, as an earlier one. Give each part once.");
            }
        }

        if (budget is { AlertAt.Count: > 0, Window: BudgetWindow.PerCall })
        {
            yield return $"{at}:AlertAt is set, but Window is PerCall, in which nothing is added up. Choose another window, or leave AlertAt out.";
        }
    }

    private static void AddAll(this ICollection<string> failures, IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            failures.Add(problem);
        }
    }
}
