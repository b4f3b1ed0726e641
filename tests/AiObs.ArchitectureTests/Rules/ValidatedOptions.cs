using Microsoft.Extensions.Options;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Options are sealed, can be made by the configuration binder, and have a validator that runs at start.</summary>
internal static class ValidatedOptions
{
    public static IEnumerable<string> Violations(IReadOnlyCollection<Type> types) =>
        from type in types
        where type is { IsVisible: true, IsClass: true } && type.Name.EndsWith("Options", StringComparison.Ordinal)
        from problem in Problems(type, types)
        select $"{type} {problem}.";

    private static IEnumerable<string> Problems(Type options, IReadOnlyCollection<Type> types)
    {
        if (!options.IsSealed)
        {
            yield return "is not sealed";
        }

        if (options.GetConstructor(Type.EmptyTypes) is null)
        {
            yield return "has no public constructor without parameters";
        }

        var validator = typeof(IValidateOptions<>).MakeGenericType(options);
        if (!types.Any(validator.IsAssignableFrom))
        {
            yield return "has no validator";
        }
    }
}
