package io.aipanel.app.capacity;

import io.aipanel.app.config.MailAddress;
import io.aipanel.service.capacity.CapacityNotice;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** Mail with an id that comes from the notice, so that one that is sent again can be recognised as the same. */
final class NoticeMessage extends MimeMessage {

    private final String id;

    NoticeMessage(Session session, CapacityNotice notice, MailAddress from) {
        super(session);
        this.id = "<" + notice.id() + from.value().substring(from.value().indexOf('@')) + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
