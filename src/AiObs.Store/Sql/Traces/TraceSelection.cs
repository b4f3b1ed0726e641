using System.Data.Common;
using AiObs.Store.Events;
using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Turns the filters of a query into conditions on <c>t</c>, the traces, and says how they are looked for.</summary>
internal sealed class TraceSelection
{
    /// <summary>What traces are looked for by first, where a query names several: most traces share what stands last.</summary>
    private static readonly TraceFacet[] RarestFirst =
    [
        TraceFacet.Conversation,
        TraceFacet.Session,
        TraceFacet.User,
        TraceFacet.ErrorType,
        TraceFacet.Tag,
        TraceFacet.Tool,
        TraceFacet.Agent,
        TraceFacet.Model,
        TraceFacet.Provider,
        TraceFacet.Source,
    ];

    private readonly SqlDialect _dialect;
    private readonly TraceFilter _filter;
    private readonly (TraceFacet Facet, string Value)[] _facets;

    public TraceSelection(SqlDialect dialect, TraceFilter filter)
    {
        _dialect = dialect;
        _filter = filter;
        _facets = [.. filter.Facets.OrderBy(static facet => Array.IndexOf(RarestFirst, facet.Facet))];
    }

    /// <summary>Gets the tables. Where traces are looked for by a facet, its index is read in the order of times: the cross join keeps SQLite from choosing another.</summary>
    public string From => IsByFacet ? "aiobs_trace_facets f CROSS JOIN aiobs_traces t" : "aiobs_traces t";

    /// <summary>Gets the time of traces, from the table whose index is read.</summary>
    public string Ticks => IsByFacet ? "f.ticks" : "t.ticks";

    /// <summary>Gets their id, from the same.</summary>
    public string TraceId => IsByFacet ? "f.trace_id" : "t.trace_id";

    /// <summary>Gets a value indicating whether the query has no filter at all.</summary>
    public bool IsOfAll => Where("t").IsEmpty;

    private bool IsByFacet => _facets.Length > 0;

    /// <summary>Returns the condition on <see cref="From"/>.</summary>
    public SqlCondition Where()
    {
        var condition = new SqlCondition();
        if (IsByFacet)
        {
            condition.Add("t.trace_id = f.trace_id AND f.facet = @facet0");
            condition.Add("f.value = @value0", "@value0", _facets[0].Value);
            AddTimes(condition, "f");
        }

        AddFacets(condition, "t", skip: IsByFacet ? 1 : 0);
        AddOthers(condition, "t");
        if (!IsByFacet)
        {
            AddTimes(condition, "t");
        }

        return condition;
    }

    /// <summary>Returns the condition on a table of traces alone.</summary>
    /// <param name="alias">What the table is called.</param>
    public SqlCondition Where(string alias)
    {
        var condition = new SqlCondition();
        AddFacets(condition, alias, skip: 0);
        AddOthers(condition, alias);
        AddTimes(condition, alias);
        return condition;
    }

    /// <summary>Sets the parameters that all these conditions share.</summary>
    public DbCommand BindTo(DbCommand command)
    {
        for (var i = 0; i < _facets.Length; i++)
        {
            command.Bind(FacetParameter(i), _facets[i].Facet.ToString());
        }

        return Where("t").BindTo(command);
    }

    private static string FacetParameter(int number) => $"@facet{number}";

    private static string ValueParameter(int number) => $"@value{number}";

    private void AddFacets(SqlCondition condition, string alias, int skip)
    {
        for (var i = skip; i < _facets.Length; i++)
        {
            condition.Add(
                $"""
                EXISTS (SELECT 1 FROM aiobs_trace_facets x
                    WHERE x.facet = {FacetParameter(i)} AND x.value = {ValueParameter(i)} AND x.ticks = {alias}.ticks AND x.trace_id = {alias}.trace_id)
                """,
                ValueParameter(i),
                _facets[i].Value);
        }
    }

    private void AddTimes(SqlCondition condition, string alias)
    {
        condition.Add($"{alias}.ticks >= @after", "@after", _filter.AfterTicks);
        condition.Add($"{alias}.ticks <= @before", "@before", _filter.BeforeTicks);
    }

    private void AddOthers(SqlCondition condition, string alias)
    {
        if (_filter.TraceIds is { } ids)
        {
            condition.Add(_dialect.IsIn($"{alias}.trace_id", "@ids"), "@ids", _dialect.Parameter([.. ids.Select(StoredText.Of)]));
        }

        condition.Add($"{alias}.kind = @kind", "@kind", _filter.Kind?.ToString());

        // Not a parameter: the index of failed traces is used only where the text says that it is one of those.
        condition.Add(_filter.Status is { } status ? $"{alias}.status = '{status}'" : null);
        condition.Add($"{alias}.end_ticks - {alias}.ticks >= @duration", "@duration", _filter.MinDurationTicks);
        condition.Add(
            $"""
            EXISTS (SELECT 1 FROM aiobs_spans s
                WHERE s.trace_id = {alias}.trace_id AND ({_dialect.Contains("s.name", "@text")} OR {_dialect.Contains("s.attributes", "@text")}))
            """,
            "@text",
            _filter.Text is { } text ? AsciiLower(text) : null);
    }

    private static string AsciiLower(string text) => string.Create(text.Length, text, static (lower, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        }
    });
}
