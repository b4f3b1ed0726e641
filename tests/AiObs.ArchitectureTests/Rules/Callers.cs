using System.Reflection;
using System.Reflection.Emit;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Finds out of the compiled code who calls a method.</summary>
internal static class Callers
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private const byte TwoByteCode = 0xFE;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    /// <summary>Returns the names of the types that call a method; what the compiler nests in a type counts as the type.</summary>
    public static IReadOnlySet<string> Of(MethodInfo target) => FindCallers(target);

    /// <summary>Returns the names of the types that make instances of a type.</summary>
    public static IReadOnlySet<string> OfConstructor(Type type) => FindCallers(type.GetConstructor(Type.EmptyTypes)!);

    private static HashSet<string> FindCallers(MethodBase target) => (
        from type in target.Module.GetTypes()
        from method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All))
        where CallsOf(method).Any(target.HasSameMetadataDefinitionAs)
        select Outermost(type).Name).ToHashSet();

    private static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length;)
        {
            var code = Codes[il[at] == TwoByteCode ? unchecked((short)((il[at] << 8) | il[at + 1])) : il[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(il, at)) is { } called)
            {
                yield return called;
            }

            at += SizeOf(code.OperandType, il, at);
        }
    }

    private static MethodBase? Resolve(MethodBase caller, int token) => caller.Module.ResolveMethod(
        token,
        caller.DeclaringType!.IsGenericType ? caller.DeclaringType.GetGenericArguments() : null,
        caller.IsGenericMethod ? caller.GetGenericArguments() : null);

    private static int SizeOf(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
