using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints fields and events.</summary>
internal static class FieldText
{
    public static string? Of(FieldInfo field)
    {
        if (Access.Of(field) is not { } access)
        {
            return null;
        }

        var required = field.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var type = TypeName.Of(field.FieldType, NullableFlags.Of(field));
        var value = field.IsLiteral ? $" = {LiteralText.Of(field.GetRawConstantValue(), field.FieldType)}" : "";

        return $"{access}{required}{Modifiers(field)}{type} {field.Name}{value}";
    }

    public static string? Of(EventInfo raised)
    {
        if (Access.Of(raised.AddMethod) is not { } access)
        {
            return null;
        }

        var type = TypeName.Of(raised.EventHandlerType!, NullableFlags.Of(raised));

        return $"{access}{MethodText.Modifiers(raised.AddMethod!)}event {type} {raised.Name}";
    }

    private static string Modifiers(FieldInfo field) => field switch
    {
        { IsLiteral: true } => "const ",
        { IsStatic: true, IsInitOnly: true } => "static readonly ",
        { IsStatic: true } => "static ",
        { IsInitOnly: true } => "readonly ",
        _ => "",
    };
}
