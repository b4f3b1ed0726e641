namespace AiObs.Store.Tests.Forgeries;

/// <summary>A change behind the back of a log.</summary>
/// <param name="Name">What kind of change it is.</param>
/// <param name="Sql">The statements.</param>
internal sealed record Forgery(string Name, string Sql)
{
    /// <summary>Gets a value indicating whether the forger has first taken away what the database refuses changes by.</summary>
    public bool IsWithoutRules { get; init; }

    public static Forgery operator +(Forgery first, Forgery second) => new($"{first.Name}, {second.Name}", first.Sql + second.Sql);
}
