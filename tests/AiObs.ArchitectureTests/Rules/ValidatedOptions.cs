using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>
/// Options are sealed, can be made by the configuration binder, and have a validator that runs at start: their own, or that of the options they are part of.
/// Those that nobody can change once they are made, as they go with a call, need none.
/// </summary>
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

        if (!IsFixed(options) && !IsValidated(options, types) && !types.Any(owner => IsValidated(owner, types) && IsPart(options, owner)))
        {
            yield return "has no validator";
        }
    }

    private static bool IsValidated(Type options, IReadOnlyCollection<Type> types) =>
        !options.ContainsGenericParameters
        && options is { IsClass: true, IsByRefLike: false }
        && types.Any(type => typeof(IValidateOptions<>).MakeGenericType(options).IsAssignableFrom(type) || ValidatesAll(type, options));

    /// <summary>Tells whether a generic type validates all options that its constraint allows.</summary>
    private static bool ValidatesAll(Type validator, Type options) => validator.IsGenericTypeDefinition
        && validator.GetInterfaces().Any(implemented =>
            implemented.IsGenericType
            && implemented.GetGenericTypeDefinition() == typeof(IValidateOptions<>)
            && implemented.GetGenericArguments()[0] is { IsGenericParameter: true } parameter
            && parameter.GetGenericParameterConstraints().Any(constraint => constraint.IsAssignableFrom(options)));

    private static bool IsFixed(Type options) => options.GetProperties() is { Length: > 0 } properties && Array.TrueForAll(properties, static property =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) is true);

    private static bool IsPart(Type options, Type owner) =>
        owner.GetProperties().Any(property => property.PropertyType == options);
}
