namespace AiObs.TestSupport;

/// <summary>Stands in an expected dictionary for a value whose type is known and whose content is not.</summary>
public sealed class AnyValue
{
    private AnyValue(Type type) => Type = type;

    internal Type Type { get; }

    /// <summary>Matches each value of exactly this type.</summary>
    public static AnyValue Of<T>() => new(typeof(T));

    internal bool Matches(object? actual) => actual?.GetType() == Type;
}
