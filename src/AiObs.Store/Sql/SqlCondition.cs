using System.Data.Common;

namespace AiObs.Store.Sql;

/// <summary>A condition of several comparisons. Values are parameters, always; the text depends only on which comparisons there are.</summary>
internal sealed class SqlCondition
{
    private readonly List<string> _comparisons = [];
    private readonly List<(string Name, object Value)> _parameters = [];

    /// <summary>Gets a value indicating whether there is no comparison yet.</summary>
    public bool IsEmpty => _comparisons.Count == 0;

    /// <summary>Adds a comparison, unless there is nothing to compare with.</summary>
    /// <param name="comparison">The text; it names the parameter.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">Its value.</param>
    public void Add(string comparison, string parameter, object? value)
    {
        if (value is not null)
        {
            _comparisons.Add(comparison);
            _parameters.Add((parameter, value));
        }
    }

    /// <summary>Adds a comparison of what other comparisons have named; nothing where it is null.</summary>
    public void Add(string? comparison)
    {
        if (comparison is not null)
        {
            _comparisons.Add(comparison);
        }
    }

    /// <summary>Sets the parameters.</summary>
    public DbCommand BindTo(DbCommand command)
    {
        foreach (var (name, value) in _parameters)
        {
            command.Bind(name, value);
        }

        return command;
    }

    /// <summary>Returns the condition; one that always holds where there is no comparison.</summary>
    public override string ToString() => IsEmpty ? "1 = 1" : string.Join(" AND ", _comparisons);
}
