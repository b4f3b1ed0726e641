using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints a parameter: how it is passed, its type, name and default.</summary>
internal static class ParameterText
{
    public static string Of(ParameterInfo parameter)
    {
        var defaultValue = parameter.HasDefaultValue ? $" = {LiteralText.Of(parameter.DefaultValue, parameter.ParameterType)}" : "";

        return $"{Passing(parameter)}{TypeName.Of(parameter.ParameterType, NullableFlags.Of(parameter))} {parameter.Name}{defaultValue}";
    }

    private static string Passing(ParameterInfo parameter) => parameter switch
    {
        { IsOut: true } => "out ",
        { ParameterType.IsByRef: true } when parameter.IsDefined(typeof(RequiresLocationAttribute)) => "ref readonly ",
        { ParameterType.IsByRef: true, IsIn: true } => "in ",
        { ParameterType.IsByRef: true } => "ref ",
        _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
        _ => "",
    };
}
