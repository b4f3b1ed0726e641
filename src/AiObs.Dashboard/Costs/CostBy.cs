using AiObs.Cost;
using AiObs.Dashboard.Filters;

namespace AiObs.Dashboard.Costs;

/// <summary>By what costs are told apart.</summary>
/// <param name="Name">How it is written; that of the filter for its values, too.</param>
/// <param name="Grouping">What the store calls it.</param>
internal sealed record CostBy(string Name, CostGrouping Grouping)
{
    public static IReadOnlyList<CostBy> All { get; } =
    [
        new(FilterNames.Model, CostGrouping.Model),
        new(FilterNames.Provider, CostGrouping.Provider),
        new(FilterNames.User, CostGrouping.User),
        new(FilterNames.Tag, CostGrouping.Tag),
        new(FilterNames.Agent, CostGrouping.Agent),
        new(FilterNames.Conversation, CostGrouping.Conversation),
    ];

    /// <summary>Gets the name at the head of a column.</summary>
    public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <summary>Names a group.</summary>
    public string NameOf(CostGroup group) => group switch
    {
        { IsOther: true } => "the rest",
        { Key: { } key } => key,
        _ => $"no {Name}",
    };
}
