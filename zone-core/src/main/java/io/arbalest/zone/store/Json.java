package io.arbalest.zone.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * JSON as this project reads and writes it: strict, bounded, and with named values as text.
 *
 * <p>Unknown, repeated and missing fields are refused, as is anything after the document. Only the
 * components of records are written, not what is asked of them ({@code isEmpty()}).
 */
public final class Json {
  /** The longest document that is read, in bytes. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 32;

  private final SimpleModule values = new SimpleModule("arbalest");

  /** Lets a value type appear as its {@code toString()}, read back by {@code parse}. */
  public <T> Json text(Class<T> type, Function<String, T> parse) {
    values.addSerializer(type, ToStringSerializer.instance);
    values.addDeserializer(type, new TextDeserializer<>(type, parse));
    return this;
  }

  /** Lets a type appear as another one, which Jackson knows how to write and read. */
  public <T, F> Json form(Class<T> type, Class<F> form, Function<T, F> to, Function<F, T> from) {
    values.addSerializer(type, new FormSerializer<>(type, to));
    values.addDeserializer(type, new FormDeserializer<>(type, form, from));
    return this;
  }

  /** The mapper; it is immutable and may be shared. */
  public JsonMapper mapper() {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxDocumentLength(MAX_LENGTH)
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_NUMBER)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(bounds).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .changeDefaultVisibility(
            visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
        .addModule(values)
        .build();
  }

  private static final class TextDeserializer<T> extends StdDeserializer<T> {
    private final Function<String, T> parse;

    TextDeserializer(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getValueAsString();
      if (text == null) {
        return context.reportInputMismatch(this, "a text is needed here");
      }
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        String words = e.getMessage();
        return context.reportInputMismatch(this, "%s", words == null ? text : words);
      }
    }
  }

  private static final class FormSerializer<T, F> extends StdSerializer<T> {
    private final Function<T, F> to;

    FormSerializer(Class<T> type, Function<T, F> to) {
      super(type);
      this.to = to;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext context) {
      generator.writePOJO(to.apply(value));
    }
  }

  private static final class FormDeserializer<T, F> extends StdDeserializer<T> {
    private final Class<F> form;
    private final Function<F, T> from;

    FormDeserializer(Class<T> type, Class<F> form, Function<F, T> from) {
      super(type);
      this.form = form;
      this.from = from;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      F read = context.readValue(parser, form);
      try {
        return from.apply(read);
      } catch (IllegalArgumentException e) {
        String words = e.getMessage();
        return context.reportInputMismatch(this, "%s", words == null ? "not allowed" : words);
      }
    }
  }
}
